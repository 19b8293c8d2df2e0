"""The edge: the only place where pokin reads, writes, runs programs or looks at the clock."""
