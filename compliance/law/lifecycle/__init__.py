"""The life of the reserve as graphs: read, typed on top of the law, asked for its structure."""
