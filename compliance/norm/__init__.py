"""The norm language: a small typed first-order language over dated events."""
