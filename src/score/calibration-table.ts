import type { Calibration } from './calibration.ts'

/** Made by `npm run calibrate`; do not edit. */
export const calibrationTable: Calibration = {
  signals: '2b944f1d93149e45c4836c4088dcae0d8b63228ea4187d1ef508147049b2c530',
  worlds: 145,
  check: 'db203a185e7a226fa4c675f14c826471439b3507a8ee9ac9917aed477a082c15',
  classes: {
    'agent-chain': ['', '', '54:2 5f:1 5g:4 5h:34 5i:1h 5j:5a 5k:v 5l:w 5m:3 5n:4 5o:2 5p:1'],
    'airdrop-hunter': [
      '',
      '',
      '41:1 42:h 43:2z 44:9z 45:br 46:6a 47:3f 48:2v 49:28 4a:25 4b:14 4c:z 4d:h 4e:g 4f:h 4g:8 4h:7 4i:b 4j:2 4k:3 4l:8 4m:5 4n:9 4o:7 4p:4 4q:3 4r:2 4s:3 4t:3 4u:6 4v:7 4w:1 4x:2 4y:2 51:2 52:1 57:1',
    ],
    boutique: [
      '',
      '5d:2 5e:4 5f:1 5i:1 5j:1',
      '4x:3 4y:1s 4z:36 50:d1 51:7d 52:5p 53:7d 54:6e 55:2x 56:1s 57:v 58:o 59:11 5a:9 5b:a 5c:a 5d:8 5e:2 5f:2 5g:1 5h:4 5i:3 5j:2 5l:3 5m:1 5n:1 5o:1 5p:3 5q:1 5r:2 5t:1 5w:1 5z:1',
    ],
    cron: [
      '',
      '',
      '4x:1 4y:2 51:1 54:5 55:e 56:1h 57:18 58:l 59:d 5a:e 5b:3 5d:2 5e:5 5f:4 5g:2 5i:2 5j:1 5k:1 5l:1 5n:1 5o:1 5w:1 5x:1',
    ],
    employer: [
      '',
      '4j:1 4k:4 4l:7 4m:9 4n:n 4o:1p 4p:2e 4q:1z 4r:1x 4s:2b 4t:22 4u:1k 4v:o 4w:1e 4x:1b 4y:p 4z:n 50:h 51:c 52:3 53:6 54:2 55:2 59:1 5a:1 5d:2 5e:2 5f:1',
      '41:s 42:26 43:1s 44:12 45:y 46:2p 47:5s 48:5q 49:5h 4a:4s 4b:37 4c:2s 4d:1z 4e:1t 4f:x 4g:x 4h:v 4i:h 4j:q 4k:j 4l:8 4m:c 4n:4 4o:9 4p:8 4q:9 4r:6 4s:8 4t:c 4u:1 4v:3 4w:3 4x:7 4y:6 4z:5 50:3 51:3 52:2 53:1 54:2 57:1 5v:1',
    ],
    'event-spike': [
      '5p:b 5q:7x 5r:bp 5s:23l 5t:hh 5u:30 5v:3h 5w:1u 5x:3a 5y:11 5z:19 60:27 61:o 63:3 64:2g 65:s 66:39 67:p 69:p 6a:34 6d:3 6e:k2',
      '',
      '',
    ],
    'exchange-user': [
      '',
      '4l:1 4m:2 4n:1 4o:9 4p:30 4q:7b 4r:8h 4s:6k 4t:7g 4u:7p 4v:6j 4w:3x 4x:2k 4y:10 4z:13 50:l 51:j 52:g 53:6 54:b 55:6 56:4 57:b 58:5 59:8 5a:1 5b:5 5c:2 5d:1 5e:6 5f:8 5g:a 5h:9 5i:4 5j:1',
      '',
    ],
    'faucet-user': [
      '53:l 54:12 55:n 56:eq 57:t4 58:gh 59:66 5a:3o 5b:1t 5c:y 5d:r 5e:n 5f:h 5g:11 5h:n 5i:g 5j:c 5k:p 5l:4 5m:3 5n:5 5o:2 5p:7 5q:c 5r:1 5s:t 5t:b 5u:1',
      '4w:d 4x:3g 4y:2e 4z:t 50:b9 51:oe 52:bv 53:60 54:5s 55:3b 56:1t 57:1a 58:q 59:u 5a:i 5b:b 5c:d 5d:d 5e:a 5f:b 5g:4 5h:4 5i:8 5j:5 5k:9 5l:6 5m:2 5n:4 5o:e 5p:5 5r:2',
      '',
    ],
    gateway: [
      '',
      '5c:5 5d:3 5e:a 5f:a 5i:1',
      '40:2 41:r 42:16 43:p 44:j 45:a 46:5 47:5 48:1 49:2 4c:1 4d:1 4e:1 4f:1 4h:1 4n:1 4r:1 4y:17 4z:3a 50:dq 51:cd 52:6q 53:4x 54:4p 55:4p 56:31 57:3h 58:2s 59:1j 5a:z 5b:t 5c:m 5d:p 5e:i 5f:i 5g:f 5h:5 5i:d 5j:9 5k:7 5l:9 5m:8 5n:4 5o:1 5q:1 5s:3 5t:3 5u:1 5v:3 5w:6 5x:4 5y:5 5z:1 60:2 62:2 63:3 64:1 66:1 6c:1 6d:1 6l:1',
    ],
    'launch-tester': [
      '9y:2 a4:1 a6:1 aa:1 ac:3 ad:3 ae:2 ag:1 ah:1 ai:2 aj:1 ak:1 ap:1 ar:2 as:7 at:3 au:1 az:2 bo:4 bp:2 br:1 bs:2 bu:1 bv:1 bw:3 bx:2 by:2 c2:1 c3:3 c4:1 c5:2 c7:1 cb:2 cd:1 cg:3 ch:1 ci:4 cj:2 ck:4 cl:2 cm:2 cn:4 co:1 cs:1',
      '6b:4 6c:5 6d:1 6e:2 6f:d 6g:3 6h:2 6k:3 6l:1 9g:2 9i:4 9j:7 9k:n 9l:b 9m:o 9n:e 9o:c 9p:z 9q:c 9r:s 9s:s 9t:u 9u:22 9v:1r 9w:22 9x:1p 9y:2g 9z:1z a0:1j a1:1g a2:1k a3:1q a4:1p a5:1l a6:29 a7:25 a8:1o a9:2h aa:2t ab:2x ac:3w ad:21 ae:31 af:2g ag:s ah:8 ai:4 aj:i ak:c al:8 am:g an:5 ao:5 ap:b aq:6 ar:8 as:a at:5 au:a av:7 aw:5 ax:a ay:a az:g b0:c b1:9 b2:w b3:z b4:17 b5:o b6:11 b7:13 b8:1v b9:1s ba:1b bb:1b bc:1m bd:10 be:i bf:k bg:9 bh:1f bi:17 bj:r bk:z bl:r bm:p bn:15 bo:15 bp:19 bq:1r br:t bs:10 bt:24 bu:2t bv:1r bw:1s bx:27 by:2v bz:w c0:1d c1:25 c2:r c3:n c4:a c5:4 c6:k c7:4 c8:6 c9:b ca:8 cb:b cc:8 cd:b ce:5 cf:b cg:c ch:5 ci:9 cj:4 ck:c cl:6 cm:8 cn:2 co:2 cp:1 cs:1',
      '',
    ],
    'no control': [
      '4z:1 50:j 51:1e 52:85 53:h7 54:wk 55:43o 56:3eg 57:1g8 58:rx 59:ce 5a:93 5b:4l 5c:4j 5d:3n 5e:2i 5f:4t 5g:2s 5h:2w 5i:2l 5j:1q 5k:f 5l:15 5m:l 5n:z 5o:14 5p:1o 5q:1a 5r:30 5s:3 5t:2 5w:1',
      '4k:1 4l:4 4m:m 4n:e 4o:2c 4p:7g 4q:kl 4r:gk 4s:b3 4t:i6 4u:qm 4v:om 4w:n6 4x:gy 4y:eh 4z:yp 50:u5 51:f4 52:j2 53:fi 54:6t 55:4y 56:33 57:1w 58:1x 59:15 5a:1a 5b:1c 5c:17 5d:1c 5e:m 5f:t 5g:z 5h:w 5i:h 5j:f 5k:c 5l:k 5m:w 5n:s 5o:2 5p:6 5q:5 5r:1 5t:1',
      '40:3 41:4 42:5h 43:e9 44:19o 45:115 46:nl 47:qz 48:13h 49:ve 4a:lh 4b:h5 4c:pm 4d:n5 4e:fu 4f:ea 4g:en 4h:ba 4i:8o 4j:6r 4k:5f 4l:4b 4m:40 4n:31 4o:2j 4p:2a 4q:1b 4r:1c 4s:1c 4t:1k 4u:25 4v:1o 4w:z 4x:u 4y:t 4z:z 50:o 51:g 52:e 53:9 54:d 55:4 56:5 57:9 58:3 59:7 5a:1 5b:6 5c:4 5d:1 5e:2 5f:1 5g:1 5j:1 5k:1 5l:1 5o:1',
    ],
    'paymaster-app': [
      '',
      '4r:a8 4s:5x 4t:20 4u:6x 4v:vo 4w:dk 4x:34 4y:2k 4z:1s 50:g 51:8 52:4 53:2 54:1 55:e 56:1 57:1 58:4 59:3 5a:2 5h:9 5i:m 5l:4',
      '',
    ],
    'provider-consumer': [
      '',
      '',
      '3z:1 40:2 41:1k 42:32 43:1g 44:w 45:w 46:j 47:6 48:7 4a:3 4b:3 4c:1 4d:3 4e:2 4f:1 4h:1 4i:1 4l:1 4m:1 4r:2 4s:1',
    ],
  },
}
