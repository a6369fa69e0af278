// Wav files of a process that died: their header may say less than there is. Blocks.
#pragma once

namespace media {

// Brings the lengths in the header up to the file's, if it is a header as we write it: 44 bytes of
// 16-bit samples. Anything else is left as it is.
void mend_wav_header(int fd);

}  // namespace media
