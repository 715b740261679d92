"""Known defects, planted one at a time in clean twins of real reports: what recall and precision are measured with."""
