"""Lexer and segmenter: page text to segments that tile it."""
