"""Personal ways in, each a link for one person: a co-speaker, somebody who is late, a keynote."""
