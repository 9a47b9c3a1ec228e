/// S3: the client and the buckets of `terraform/buckets.json`.
@NullMarked
package dev.gavel.s3;

import org.jspecify.annotations.NullMarked;
