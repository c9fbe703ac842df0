"""Page text to segments that tile it."""
