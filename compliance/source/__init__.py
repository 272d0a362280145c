"""Text files with places: the YAML reader, diagnostics and their messages, and the folder of shipped data."""
