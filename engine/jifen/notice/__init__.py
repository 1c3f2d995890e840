"""The points notice: one person's scorecard with every reason, for the terminal, as Markdown and for print."""
