import type { Calibration } from './calibration.ts'

/** Made by `npm run calibrate`; do not edit. */
export const calibrationTable: Calibration = {
  signals: '41aa9e55c8e66272dc578f78ca71e7f12320cf051dc10fed2f4cf464511533ee',
  worlds: 144,
  check: 'da9e3744c34672a008254b9326b3ae3a56e22f93db096c420bed7f5349fd0e73',
  classes: {
    'agent-chain': ['', '', '4d:1 4e:1 4q:1 4r:2 4s:39 4t:62 4u:n 4v:t 4w:w 4x:3 4y:2 4z:2 50:1'],
    'airdrop-hunter': [
      '',
      '',
      '48:7 49:2b 4a:7n 4b:gd 4c:8e 4d:38 4e:1v 4f:27 4g:1q 4h:p 4i:d 4j:a 4k:7 4l:8 4m:6 4n:7 4o:5 4p:4 4q:5 4s:2 4t:3 4u:5 4v:6 4w:2 4x:4 4y:3 4z:1 50:2 51:2 52:1 53:4 54:1 55:1 57:5 58:3 59:c 5a:1',
    ],
    boutique: [
      '',
      '5f:1 5g:1 5j:2',
      '5b:1 5c:7 5d:3q 5e:eg 5f:7x 5g:6r 5h:3h 5i:90 5j:5c 5k:x 5l:z 5m:8 5n:1 5o:c 5p:b 5q:2',
    ],
    cron: [
      '',
      '',
      '4d:5 4e:j 4f:1e 4g:15 4h:h 4i:g 4j:a 4k:2 4l:6 4m:3 4n:2 4o:3 4p:2 4q:1 4r:3 4s:2 4t:1 4w:1 4x:2 4y:1 4z:1 52:1 53:1 5d:1 5e:1',
    ],
    employer: [
      '4x:1',
      '4e:3 4f:2 4g:7 4h:n 4i:11 4j:14 4k:1b 4l:1l 4m:1k 4n:17 4o:12 4p:1b 4q:n 4r:l 4s:6 4t:1l 4u:1o 4v:19 4w:u 4x:i 4y:i 4z:6 50:6 51:3 52:5 53:5 55:3 57:1 5a:1 5c:1 5d:1 5e:1 5f:1 5g:4 5n:1',
      '47:2 48:12 49:1g 4a:13 4b:15 4c:16 4d:2p 4e:3i 4f:4g 4g:3z 4h:4v 4i:3f 4j:2v 4k:38 4l:2f 4m:20 4n:1e 4o:17 4p:u 4q:q 4r:p 4s:f 4t:c 4u:a 4v:a 4w:9 4x:5 4y:9 4z:3 50:5 51:2 52:4 53:3 54:1 55:5 56:4 57:9 58:1 59:3 5a:1 5b:2 5c:3 5d:2 5e:5 5f:5 5g:5 5i:2 5k:1 5p:1',
    ],
    'event-spike': [
      '5w:e 5x:ao 5y:8l 5z:26k 60:bc 61:6a 62:1u 63:1h 64:19 65:21 66:1n 67:2n 68:6 69:16 6a:h 6b:8 6c:16 6d:2n 6e:8 6f:1i 6g:2 6h:48 6l:3b 6m:i4 202:1',
      '',
      '',
    ],
    'exchange-user': [
      '',
      '4h:b 4i:1f 4j:36 4k:42 4l:6q 4m:68 4n:63 4o:7d 4p:4w 4q:2o 4r:43 4s:3b 4t:22 4u:1f 4v:s 4w:m 4x:u 4y:7 4z:f 50:7 51:b 52:7 53:8 54:2 55:7 56:5 57:6 58:5 59:2 5a:1 5b:1 5c:1 5d:4 5e:4 5f:1 5g:3 5h:5 5i:7 5j:3 5k:1 5l:4 5m:7 5p:3',
      '',
    ],
    'faucet-user': [
      '50:4r 51:p9 52:lj 53:96 54:4q 55:2x 56:21 57:1i 58:1b 59:q 5a:o 5b:d 5c:c 5d:i 5e:f 5f:i 5g:a 5h:6 5i:h 5j:a 5k:h 5l:4 5m:a 5n:9 5o:c 5p:3 5q:5 5r:6 5s:4 5t:2 5u:2 5v:2 5w:8 5y:1 5z:k 60:d',
      '4x:2e 4y:mn 4z:id 50:8t 51:76 52:4p 53:2m 54:1u 55:17 56:p 57:16 58:x 59:s 5a:h 5b:j 5c:b 5d:h 5e:a 5f:a 5g:b 5h:4 5i:a 5j:a 5k:4 5l:5 5m:2 5n:7 5o:6 5p:6 5q:2 5r:7 5s:3 5t:1 5u:2 5w:h 5x:5 5y:3',
      '',
    ],
    gateway: [
      '',
      '5d:1 5e:c 5f:5 5g:5',
      '47:5 48:14 49:l 4a:m 4b:g 4c:b 4d:6 4e:4 4f:5 4g:2 4h:1 4i:3 4j:2 4n:1 4p:2 4t:1 51:1 56:1 5d:6a 5e:jk 5f:f4 5g:b5 5h:2r 5i:4y 5j:2x 5k:17 5l:2h 5m:24 5n:4 5o:1 5p:2 5q:4 5s:1 5t:7 5u:1 5y:1 6q:1 6t:1',
    ],
    'launch-tester': [
      'ae:1 aj:1 ak:1 al:1 ap:1 ar:2 as:5 at:3 au:1 av:3 aw:1 ay:1 az:1 b0:1 b1:5 b6:1 b7:5 b8:2 b9:5 ba:2 bb:1 bf:2 bw:1 c0:1 c6:1 c7:1 ca:3 cb:1 cc:3 cd:1 ce:1 cf:2 ch:3 ci:1 cl:3 cs:4 cu:4 cw:2 cy:1 cz:1 d1:3 d2:4 d3:2 d5:1 d6:2 d7:1',
      '6k:2 6l:9 6m:1 6n:2 6o:g 6p:8 6s:1 6v:5 9y:2 a0:2 a1:8 a2:g a3:9 a4:b a5:8 a6:g a7:1l a8:7 a9:y aa:15 ab:o ac:11 ad:20 ae:1v af:27 ag:26 ah:2k ai:1p aj:27 ak:c al:2p am:1q an:q ao:1y ap:2w aq:15 ar:27 as:1i at:2g au:6a av:1o aw:2v ax:37 ay:1f az:s b0:3 b1:3 b2:l b3:3 b4:3 b5:4 b6:5 b7:d b8:1 b9:d ba:6 bb:3 bc:2 bf:2 bg:1 bh:1 bj:3 bp:2 bq:b br:j bs:4 bt:r bu:1t bv:v bw:w bx:v by:12 bz:19 c0:1g c1:1j c2:14 c3:1e c4:1z c5:17 c6:n c7:i c8:19 c9:1g ca:10 cb:17 cc:e cd:y ce:1j cf:v cg:d ch:1u ci:m cj:1m ck:14 cl:27 cm:2w cn:12 co:27 cp:2t cq:2h cr:19 cs:2t ct:1z cu:u cv:b cw:6 cx:4 cy:q cz:7 d0:4 d1:8 d2:d d3:b d4:5 d5:3 d6:8 d7:4',
      '',
    ],
    'no control': [
      '4w:k 4x:7g 4y:nk 4z:2w5 50:3dr 51:232 52:12g 53:ko 54:g4 55:6y 56:9b 57:56 58:46 59:2q 5a:1v 5b:23 5c:2m 5d:2g 5e:2e 5f:i 5g:r 5h:3h 5i:1c 5j:1n 5k:1t 5l:1n 5m:2b 5n:w 5o:z 5p:11 5q:4 5r:m 5s:6 5t:w 5u:12 5v:z 5w:m 5x:2a 5y:15 5z:x 61:1 65:2',
      '4d:3 4e:g 4f:q 4g:o 4h:4f 4i:cs 4j:vj 4k:tu 4l:if 4m:ae 4n:7b 4o:4c 4p:3a 4q:22 4r:14 4s:1y 4t:w 4u:34 4v:8e 4w:th 4x:11c 4y:oi 4z:ln 50:ke 51:c5 52:74 53:4q 54:3h 55:2p 56:1o 57:19 58:1f 59:14 5a:17 5b:1b 5c:n 5d:u 5e:r 5f:h 5g:r 5h:1n 5i:13 5j:w 5k:h 5l:g 5m:e 5n:a 5o:7 5p:7 5q:8 5r:b 5s:3 5t:a 5u:s 5v:o 5w:f 5x:9 5y:6 5z:3 60:1 61:2 64:1',
      '47:a 48:1q 49:cl 4a:14i 4b:1wl 4c:14b 4d:ms 4e:kc 4f:104 4g:ut 4h:jv 4i:ju 4j:si 4k:io 4l:b5 4m:6y 4n:58 4o:3o 4p:2x 4q:24 4r:26 4s:1i 4t:1x 4u:1n 4v:1k 4w:1e 4x:1e 4y:y 4z:11 50:w 51:q 52:q 53:m 54:i 55:o 56:b 57:m 58:18 59:1u 5a:q 5b:d 5c:a 5d:10 5e:b 5f:f 5g:4 5h:f 5i:6 5l:1',
    ],
    'paymaster-app': [
      '',
      '4j:7 4k:qd 4l:vl 4m:8z 4n:4p 4o:3f 4p:18 4q:s 4r:j 4s:17 4t:4 4u:5 4x:1 4z:2 50:1 51:1 52:8 53:3 5i:p 5j:1 5l:5',
      '',
    ],
    'provider-consumer': [
      '',
      '',
      '46:2 47:a 48:1i 49:1p 4a:19 4b:15 4c:q 4d:m 4e:i 4f:c 4g:6 4h:a 4i:4 4j:2 4k:2 4l:2 4m:4 4n:2 4o:1 4p:1 4r:1 4t:1 4u:1 4v:2 51:2 56:2 58:1',
    ],
  },
}
