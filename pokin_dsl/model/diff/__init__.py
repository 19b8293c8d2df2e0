"""What two versions of a tree differ in, told as officials would tell it: things matched first, then compared."""
