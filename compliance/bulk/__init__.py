"""Judges many officers at once, over columns: the only importer of numpy and pyarrow.

`pack` or `pack_table` make a `Packed`, `Plan` prepares the norms of a law, `judge` answers.
"""
