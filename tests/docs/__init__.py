"""Every block of the pages is run, read, or listed with the reason why not (`test_pages.py`)."""
