"""Records of officers: what is known, what is uncertain, and the readers that bring them in."""
