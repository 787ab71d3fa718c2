/** The engine that runs each step as one Spark job, and the two ways its gradients are summed. */
package io.hindsight.driver.spark.jobs;
