"""What every law must fulfil without anybody writing it down: generated from its text and its vocabulary."""
