COPY a (id, note) FROM stdin;
1	it's; $$ -- "
2	\\.
\.
COPY a FROM STDIN WITH (FORMAT csv);
3,"a;
b"
\.
SELECT 1;
