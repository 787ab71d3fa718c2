/** Commands that bring models to other programs, and from them. */
package io.hindsight.submit.exchange;
