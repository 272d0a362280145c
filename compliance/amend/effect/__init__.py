"""The logic half of `reserve amend`: the new law, its comparison with the old one, what the change does to people."""
