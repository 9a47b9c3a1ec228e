/// DynamoDB as the truth: the client, the tables, the outbox of facts, and the records of requests and
/// events seen.
@NullMarked
package dev.gavel.dynamo;

import org.jspecify.annotations.NullMarked;
