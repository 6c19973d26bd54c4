"""Walls around the process that reads packs and draws, and the pipe through which it hands over."""
