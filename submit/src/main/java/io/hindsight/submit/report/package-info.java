/** The command that shows what runs came to. */
package io.hindsight.submit.report;
