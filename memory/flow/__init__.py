"""The steps of a turn and of everything else the door does: compute first, write last."""
