"""What an amending instruction does to the law: reading it, applying it, and what its words alone give away."""
