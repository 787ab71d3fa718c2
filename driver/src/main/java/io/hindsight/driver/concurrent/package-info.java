/** Threads that no process waits for when it ends, and what they failed with. */
package io.hindsight.driver.concurrent;
