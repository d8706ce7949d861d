SELECT E'\'; DROP TABLE a; --', '\', U&'\0027;', U&"d\0061t;a" UESCAPE '!', B'1;', X'a;', N';';
SELECT E'first; '
  -- a comment; with 'a quote
  'second\'; third';
