"""Write files: templates, result workbooks and data. A respondent's text stays text."""
