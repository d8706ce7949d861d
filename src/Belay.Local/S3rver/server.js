'use strict';

// Starts s3rver on 127.0.0.1 with the key of the environment in place of its built-in one.
const S3rver = require('@20minutes/s3rver');
const { DUMMY_ACCOUNT } = require('@20minutes/s3rver/lib/models/account');

const [directory, port] = process.argv.slice(2);
DUMMY_ACCOUNT.revokeAccessKey('S3RVER');
DUMMY_ACCOUNT.createKeyPair(process.env.S3RVER_ACCESS_KEY_ID, process.env.S3RVER_SECRET_ACCESS_KEY);

const server = new S3rver({ address: '127.0.0.1', port: Number(port), directory, silent: true, vhostBuckets: false });

// The AWS SDK for .NET signs a bucket's path with a slash at its end, which s3rver leaves out when it checks the signature.
server.middleware.splice(-1, 0, (ctx, next) => {
  if (/^\/[^/]+\/$/.test(ctx.path)) {
    ctx.state.vhost = true;
    ctx.mountPath = '/';
  }
  return next();
});

server.run().catch((fault) => {
  console.error(fault.message);
  process.exit(1);
});
