"""The law as typed data: units, versions, readings, vocabulary, and how its places are cited."""
