"""Hindsight beside PyTorch: the parts of compare-pytorch."""
