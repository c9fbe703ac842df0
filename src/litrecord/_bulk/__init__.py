"""Readers of files of many pages, and writers of columns and Parquet files."""
