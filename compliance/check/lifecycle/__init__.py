"""The lifecycle held against the norms: each step taken by a lawful story, and no other; an officer's path."""
