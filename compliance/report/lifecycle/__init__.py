"""The lifecycle shown: a tree for a terminal, Mermaid, DOT, SVG, GraphML, JSON and a page."""
