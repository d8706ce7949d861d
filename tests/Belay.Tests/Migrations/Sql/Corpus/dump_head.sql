--
-- PostgreSQL database dump
--

\restrict dsOQ3zzqb7

SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
\connect other
\unrestrict dsOQ3zzqb7
