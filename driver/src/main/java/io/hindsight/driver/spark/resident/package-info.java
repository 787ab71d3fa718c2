/**
 * The resident engine: one long Spark job whose tasks ask the driver for step after step through
 * Spark's plugin RPC.
 *
 * <ul>
 *   <li><b>task</b>: a task of Spark's long job; it computes pieces of steps until the run ends
 *   <li><b>worker</b>: the tasks of one executor process together, which share shards, weights and
 *       the connection to the driver
 *   <li><b>poll</b>: a worker's message to the driver: it brings results and asks for work
 *   <li><b>reply</b>: what the driver answers to a poll: work, wait, or stop
 *   <li><b>piece</b>: shards that one task computes at a time; also a part of a message that is too
 *       long for one
 *   <li><b>page</b>: a part of a shard on its way to a worker
 *   <li><b>assignment</b>: which worker has which shards of the present step: pending, sent, or
 *       delivered; free ones go to whoever asks
 *   <li><b>silent</b>: a worker that has not polled for longer than steps take; its shards go to
 *       others
 *   <li><b>late</b>: results that come when their step is over, or when others have computed them
 *   <li><b>version</b>: a number that changes when there may be work for tasks that had none
 * </ul>
 */
package io.hindsight.driver.spark.resident;
