/// Starts the servers Gavel needs on one machine: Kafka, DynamoDB Local, SQS, S3 and Redis, each behind its
/// own class loader and all of them on the loopback address only.
@NullMarked
package dev.gavel.backends;

import org.jspecify.annotations.NullMarked;
