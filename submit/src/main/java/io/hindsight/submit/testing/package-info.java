/** For tests of one's own pipeline: commands in the process of the test. */
package io.hindsight.submit.testing;
