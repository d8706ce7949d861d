CREATE FUNCTION outer_body() RETURNS text LANGUAGE plpgsql AS $outer$
BEGIN
  EXECUTE $inner$ SELECT $$one; two$$; $inner$;
  RETURN $a$ '; $outer $ outer$ $a$;
END $outer$;
SELECT $é$;$é$, a$b$c, $1;
