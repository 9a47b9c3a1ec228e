/// SQS: the client and the queues of `terraform/queues.json`.
@NullMarked
package dev.gavel.sqs;

import org.jspecify.annotations.NullMarked;
