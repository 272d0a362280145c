"""The lifecycle held against the norms: is each step taken by some lawful story, and no other; and an officer's path."""
