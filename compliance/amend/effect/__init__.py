"""The logic half of `reserve amend`: the new law, its comparison with the old one, and what the change does to people."""
