-- The guide's schema before its migration, with 15 users. Their hashes are Werkzeug's pbkdf2:sha256 with 1000 iterations
-- instead of 600000, so that a demonstration logs in at once. testuser's password is the guide's: testpass.
CREATE TABLE "user" (
    id INTEGER PRIMARY KEY,
    username VARCHAR(80) UNIQUE NOT NULL,
    password_hash VARCHAR(200)
);

INSERT INTO "user" (id, username, password_hash) VALUES
    (1, 'testuser', 'pbkdf2:sha256:1000$b9dc784c3ae8c28f$8cb166227c4b44b54fe643738bb92ed16512bfbe420d2b077532263f28a0d27a'),
    (2, 'alice', 'pbkdf2:sha256:1000$bc32c1898ea56eed$61cd476e93c44816e3b65e77bc65ac48bc1bfc7a71b14a1d699dda004ddc7c62'),
    (3, 'bruno', 'pbkdf2:sha256:1000$1c52895c73756e3d$4d4cbb9394c0ed867be33a76323a54bc8f9aa28dca4fe44e0d457eae5b63d41f'),
    (4, 'chiara', 'pbkdf2:sha256:1000$3bff266182ad2f56$46ae713fd9676c35ed8deff5482f83c1d44598898e5ad5d2005434163e7fd5f3'),
    (5, 'dmitri', 'pbkdf2:sha256:1000$d3a22e9084b2ff27$dc52bd117a84f7d052fbc1443751c8ce625c4373d9ae1863c39835db4a8b6053'),
    (6, 'elena', 'pbkdf2:sha256:1000$cae41fe75035349b$52ed17ee8168a5b7538c31349278c55f26e39dcec90f1a0674f66b3669977da8'),
    (7, 'farid', 'pbkdf2:sha256:1000$9acce3c0d41a67ea$6513fa1ed0c9be206481c2ba14832177e1d8735c235dc06470e6c5c79c7b33ca'),
    (8, 'greta', 'pbkdf2:sha256:1000$7a5aac941bc9f185$82e554838a12fe39989f4b5cfc8841779a880ba7e08e910d7d52fe46f742a759'),
    (9, 'hiro', 'pbkdf2:sha256:1000$4e8bf0e85fc7c7f2$457f47c5500ef918fdd1dbe55d679a03d77239ca5ac36026586ed4995e49b95e'),
    (10, 'ingrid', 'pbkdf2:sha256:1000$b55e49f325ef211e$faf2d0866d4f7fb0bc4d57af799cc830455ded6bac4dc5f8b94903b3f685e242'),
    (11, 'jonas', 'pbkdf2:sha256:1000$fb7af40a8c6db699$f80f140d7518f907e4dc9552efbfccde504eec4e459d892550a902ff48610c37'),
    (12, 'kavya', 'pbkdf2:sha256:1000$3e6b2435ba2d6aae$f0ceaf9fd161bb13a492c205e182f60e1222fac2c0411f4be9465baee6a0ee06'),
    (13, 'liam', 'pbkdf2:sha256:1000$559c12d7a8e1afb4$b1e19e29020137d8808c763349570baac7505c84c4643eb767355bb018dd39d9'),
    (14, 'mei', 'pbkdf2:sha256:1000$67ddf4a5cda392ea$dd343e754bf0fef6625b3a6386e23370fda3c633986d31a13783e00682270471'),
    (15, 'noor', 'pbkdf2:sha256:1000$2946aa2a58e5b296$8dd5d8da10bb2769f6ae5bd6cae1be0d92ac311f3107e848b64d35e46bbaaf19');
