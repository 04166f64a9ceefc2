"""Credit cards and classes: applications -> points, methods compared, reasons."""
