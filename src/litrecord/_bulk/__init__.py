"""Readers of files with many pages, and writers of columns and Parquet files."""
