-- The statements below were generated; DO NOT EDIT.
CREATE TABLE a (id integer); -- one; two; 'three
-- it's; "odd
INSERT INTO a VALUES (1);
