"""The life of the reserve as graphs: read from model/lifecycle.yaml, typed on top of the law, asked for its structure."""
