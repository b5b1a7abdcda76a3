"""An edition at a glance: what waits, what comes next, where each stage stands."""
