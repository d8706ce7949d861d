/* it's "half /* nested ' */ open; */
SELECT 1; -- don't $$ stop
/* $tag$ */ SELECT 2;
