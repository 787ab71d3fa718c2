/** Answers of several steps ahead by a network of one, which reads its answers. */
package io.hindsight.driver.recursive;
