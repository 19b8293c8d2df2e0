"""Checked trees to the pages, pictures and files of a static site."""
