"""Pieces of screen: they show what they are given and speak in messages."""
