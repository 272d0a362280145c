"""Reports on verdicts: terminal text, JSON, SARIF, JUnit, GitHub annotations, Markdown and HTML; no judging here."""
