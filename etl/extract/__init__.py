"""Extraction: pure stages from an article's text to claims. `extract_article` is the door for the pipeline."""

from etl.extract.claims import extract_article, extract_document, measured_quantities, open_document, read_quantities

__all__ = ["extract_article", "extract_document", "measured_quantities", "open_document", "read_quantities"]
